@NullMarked
package io.vedette.model.frame;

import org.jspecify.annotations.NullMarked;
