@NullMarked
package io.vedette.model.otlp;

import org.jspecify.annotations.NullMarked;
