@NullMarked
package io.vedette.alerts.channel;

import org.jspecify.annotations.NullMarked;
