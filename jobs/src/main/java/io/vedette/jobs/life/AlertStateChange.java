package io.vedette.jobs.life;

import io.vedette.model.alert.AlertState;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written to {@code vedette.states} under a fingerprint.
 *
 * @param state null when the alert is neither pending nor firing any more: a deletion
 */
public record AlertStateChange(String fingerprint, @Nullable AlertState state) {}
