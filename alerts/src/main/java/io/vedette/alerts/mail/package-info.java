@NullMarked
package io.vedette.alerts.mail;

import org.jspecify.annotations.NullMarked;
