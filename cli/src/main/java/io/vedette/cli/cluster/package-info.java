/** The jobs on a Flink cluster. */
@NullMarked
package io.vedette.cli.cluster;

import org.jspecify.annotations.NullMarked;
