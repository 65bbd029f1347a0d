@NullMarked
package io.vedette.model;

import org.jspecify.annotations.NullMarked;
