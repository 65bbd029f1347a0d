@NullMarked
package io.vedette.model.exposition;

import org.jspecify.annotations.NullMarked;
