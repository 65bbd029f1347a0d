/** What the metrics of serving engines mean. */
@NullMarked
package io.vedette.model.catalogue;

import org.jspecify.annotations.NullMarked;
