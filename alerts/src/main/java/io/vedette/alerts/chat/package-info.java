@NullMarked
package io.vedette.alerts.chat;

import org.jspecify.annotations.NullMarked;
