@NullMarked
package io.vedette.alerts.webhook;

import org.jspecify.annotations.NullMarked;
