@NullMarked
package io.vedette.kafka.broker;

import org.jspecify.annotations.NullMarked;
