@NullMarked
package io.vedette.alerts.alertmanager;

import org.jspecify.annotations.NullMarked;
