package io.vedette.model.alert;

import io.vedette.model.entity.Entity;
import java.time.Instant;

/**
 * What is pending or firing now, as it stands on {@code vedette.states} under its fingerprint.
 *
 * @param fingerprint as {@link AlertEvent#fingerprint()}
 * @param firing else it is pending
 * @param since when it began to be pending or to fire
 */
public record AlertState(
        String fingerprint,
        String alertname,
        String family,
        Severity severity,
        boolean firing,
        Entity entity,
        Instant since) {
    public AlertState {
        if (fingerprint.isEmpty() || alertname.isEmpty() || family.isEmpty()) {
            throw new IllegalArgumentException("fingerprint, alertname and family must not be empty: '" + fingerprint
                    + "', '" + alertname + "', '" + family + "'");
        }
    }

    /** {@code firing} or {@code pending}: the label {@code alertstate}. */
    public String word() {
        return firing ? "firing" : "pending";
    }
}
