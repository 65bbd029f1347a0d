@NullMarked
package io.vedette.model.catalogue;

import org.jspecify.annotations.NullMarked;
