@NullMarked
package io.vedette.alerts.slack;

import org.jspecify.annotations.NullMarked;
