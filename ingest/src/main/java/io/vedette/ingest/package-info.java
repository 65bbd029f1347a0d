@NullMarked
package io.vedette.ingest;

import org.jspecify.annotations.NullMarked;
