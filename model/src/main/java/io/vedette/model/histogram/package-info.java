@NullMarked
package io.vedette.model.histogram;

import org.jspecify.annotations.NullMarked;
