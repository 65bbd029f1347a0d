@NullMarked
package io.vedette.alerts.message;

import org.jspecify.annotations.NullMarked;
