@NullMarked
package io.vedette.model.signal;

import org.jspecify.annotations.NullMarked;
