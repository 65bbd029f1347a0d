@NullMarked
package io.vedette.model.series;

import org.jspecify.annotations.NullMarked;
