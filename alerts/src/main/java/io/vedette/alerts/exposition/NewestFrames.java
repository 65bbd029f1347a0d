package io.vedette.alerts.exposition;

import io.vedette.model.frame.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest frame of each entity. Thread-safe. */
public final class NewestFrames {
    /** A frame of an older tick is no longer shown, so that Prometheus sees the series end when frames stop coming. */
    public static final Duration SHOWN_FOR = Duration.ofMinutes(5);

    private final ConcurrentHashMap<String, Frame> byEntity = new ConcurrentHashMap<>();

    /** Takes a frame; an entity's last one lets it go at once, and one that is older than what is here changes nothing. */
    public void accept(Frame frame) {
        byEntity.compute(frame.entity().key(), (key, newest) -> {
            if (newest != null && newest.tickMillis() > frame.tickMillis()) {
                return newest;
            }
            return frame.isLast() ? null : frame;
        });
    }

    /** What is to be shown at a moment, sorted by kind of entity and key. What has become too old is forgotten. */
    public List<Frame> shownAt(Instant now) {
        long oldest = now.minus(SHOWN_FOR).toEpochMilli();
        byEntity.values().removeIf(frame -> frame.tickMillis() < oldest);
        return byEntity.values().stream()
                .sorted(Comparator.comparing((Frame frame) -> frame.entity().kind())
                        .thenComparing(frame -> frame.entity().key()))
                .toList();
    }

    /** The newest tick of all, Unix milliseconds; empty when there is no frame. */
    public Optional<Instant> newestTick() {
        return byEntity.values().stream()
                .map(Frame::tickMillis)
                .max(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }
}
