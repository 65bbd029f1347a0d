@NullMarked
package io.vedette.bench;

import org.jspecify.annotations.NullMarked;
