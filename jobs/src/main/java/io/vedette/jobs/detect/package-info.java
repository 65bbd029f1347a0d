/** The detect job: a thin Flink shell around {@code rules} and {@code life}. */
@NullMarked
package io.vedette.jobs.detect;

import org.jspecify.annotations.NullMarked;
