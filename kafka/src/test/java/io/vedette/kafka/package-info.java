@NullMarked
package io.vedette.kafka;

import org.jspecify.annotations.NullMarked;
