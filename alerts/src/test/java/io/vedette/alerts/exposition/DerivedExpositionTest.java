package io.vedette.alerts.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.alerts.Events;
import io.vedette.alerts.Frames;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.series.SeriesSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DerivedExpositionTest {
    private static final Instant NOW = Instant.parse("2026-02-07T09:47:40Z");
    private static final long TICK = Frame.tickAtOrBefore(NOW.toEpochMilli());
    private static final Entity A = Events.replica("a:8000");
    private static final Entity B = Events.replica("b:8000");

    private final NewestFrames frames = new NewestFrames();

    private Instant now = NOW;

    @Test
    void showsGaugesAndUntypedQuantilesWithoutTimestampsFamilyByFamily() throws IOException {
        frames.accept(Frames.full(Entity.model("glm-4.7-flash", "both", Map.of("cluster", "bj1")), TICK));
        frames.accept(Frames.full(B, TICK));
        frames.accept(Frames.full(
                Entity.replica("a:8000", "0", "a\"b\\c\nd", "both", "", Map.of("team", "北京", "bad-name", "x")), TICK));
        SeriesSettings few = new SeriesSettings(
                List.of(Duration.ofMinutes(1)),
                List.of(0.95),
                false,
                EnumSet.allOf(EntityKind.class),
                EnumSet.of(EntityKind.MODEL),
                false);

        assertThat(text(new DerivedSettings(few, 1000))).isEqualTo(golden("metrics.txt"));
    }

    @Test
    void anEntityThatIsGoneDisappearsAtOnce() throws IOException {
        frames.accept(Frames.full(A, TICK));
        frames.accept(Frames.full(B, TICK));
        frames.accept(Frames.last(A, TICK + 5_000));

        assertThat(text(DerivedSettings.DEFAULT))
                .contains("instance=\"b:8000\"")
                .doesNotContain("a:8000");
    }

    @Test
    void anEntityThatIsHeardOfNoMoreDisappears() throws IOException {
        frames.accept(Frames.full(A, TICK));
        frames.accept(Frames.full(B, TICK + 5_000));

        now = Instant.ofEpochMilli(TICK + 300_001);

        assertThat(text(DerivedSettings.DEFAULT))
                .contains("instance=\"b:8000\"")
                .doesNotContain("a:8000");
    }

    @Test
    void anOldFrameThatIsRepeatedChangesNothing() {
        frames.accept(Frames.full(A, TICK));
        frames.accept(Frames.full(A, TICK - 5_000));

        assertThat(frames.shownAt(now)).containsExactly(Frames.full(A, TICK));
    }

    @Test
    void replicasShowTheLeanSetWhenThereWouldBeTooManySeries() throws IOException {
        frames.accept(Frames.full(A, TICK));
        frames.accept(Frames.full(Entity.model("glm-4.7-flash", "both", Map.of()), TICK));
        DerivedExposition exposition = exposition(new DerivedSettings(SeriesSettings.DEFAULT, 100));

        String text = text(exposition);

        assertThat(exposition.isLean()).isTrue();
        assertThat(text)
                .contains("vedette_replica_request_queue_time_seconds{")
                .doesNotContain("vedette_replica_request_decode_time_seconds{")
                .contains("vedette_model_request_decode_time_seconds{");
        assertThat(text.lines().filter(line -> line.startsWith("vedette_replica_")))
                .noneMatch(line -> line.contains("window=\"10m\"") || line.contains("quantile=\"0.99\""));
    }

    @Test
    void nothingIsShownWhenThereIsNothing() throws IOException {
        assertThat(text(DerivedSettings.DEFAULT)).isEmpty();
    }

    private String text(DerivedSettings settings) throws IOException {
        return text(exposition(settings));
    }

    private DerivedExposition exposition(DerivedSettings settings) {
        return new DerivedExposition(frames, settings, () -> now);
    }

    private static String text(DerivedExposition exposition) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        exposition.writeTo(text);
        return text.toString(UTF_8);
    }

    private String golden(String file) throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream(file), file)) {
            return new String(golden.readAllBytes(), UTF_8);
        }
    }
}
