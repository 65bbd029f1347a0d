@NullMarked
package io.vedette.model.yaml;

import org.jspecify.annotations.NullMarked;
