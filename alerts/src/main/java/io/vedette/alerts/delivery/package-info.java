@NullMarked
package io.vedette.alerts.delivery;

import org.jspecify.annotations.NullMarked;
