@NullMarked
package io.vedette.alerts.http;

import org.jspecify.annotations.NullMarked;
