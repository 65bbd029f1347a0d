@NullMarked
package io.vedette.alerts.exposition;

import org.jspecify.annotations.NullMarked;
