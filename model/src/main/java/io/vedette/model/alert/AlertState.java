package io.vedette.model.alert;

import io.vedette.model.entity.Entity;
import java.time.Instant;

/** What is pending or firing. */
public record AlertState(
        String fingerprint,
        String alertname,
        String family,
        Severity severity,
        boolean firing,
        Entity entity,
        Instant since) {}
