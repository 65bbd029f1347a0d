@NullMarked
package io.vedette.model.alert;

import org.jspecify.annotations.NullMarked;
