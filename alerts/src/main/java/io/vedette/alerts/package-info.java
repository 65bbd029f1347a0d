@NullMarked
package io.vedette.alerts;

import org.jspecify.annotations.NullMarked;
