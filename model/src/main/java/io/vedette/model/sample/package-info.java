@NullMarked
package io.vedette.model.sample;

import org.jspecify.annotations.NullMarked;
