/** The language of rules: loading, checking, evaluating. Knows frames; knows neither Flink nor Kafka. */
@NullMarked
package io.vedette.jobs.rules;

import org.jspecify.annotations.NullMarked;
