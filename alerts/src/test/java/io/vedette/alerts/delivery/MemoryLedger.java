package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger that forgets with the test. */
final class MemoryLedger implements Ledger {
    private final Map<String, Told> last = new HashMap<>();

    /** Whether nothing can be written. */
    boolean failing;

    @Override
    public Optional<Told> last(String fingerprint) {
        return Optional.ofNullable(last.get(fingerprint));
    }

    @Override
    public List<AlertEvent> open() {
        return last.values().stream()
                .flatMap(told -> told.open().stream())
                .sorted(Comparator.comparing(AlertEvent::startsAt).thenComparing(event -> event.fingerprint()))
                .toList();
    }

    @Override
    public void remember(Map<String, Told> told) {
        if (failing) {
            throw new IllegalStateException("no Kafka");
        }
        last.putAll(told);
    }
}
