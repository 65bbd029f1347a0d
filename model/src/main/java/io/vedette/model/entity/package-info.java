@NullMarked
package io.vedette.model.entity;

import org.jspecify.annotations.NullMarked;
