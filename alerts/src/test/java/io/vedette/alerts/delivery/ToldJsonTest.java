package io.vedette.alerts.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.alerts.Events;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldJsonTest {
    private static final AlertEvent A = Events.firing("a:8000", 0);

    @Test
    void whatIsWrittenIsReadBackWithTheEventWhileItIsOpen() throws IOException {
        Told open = Told.of(A);
        Told over = Told.of(Events.resolved(A, 60));
        Told known = Told.of(A, Optional.of("C0123/1.5"));

        assertThat(ToldJson.read(ToldJson.write(open))).isEqualTo(open);
        assertThat(ToldJson.read(ToldJson.write(over))).isEqualTo(over);
        assertThat(ToldJson.read(ToldJson.write(known))).isEqualTo(known);
        assertThat(known.receipt()).contains("C0123/1.5");
        assertThat(open.open()).contains(A);
        assertThat(over.open()).isEmpty();
    }

    @Test
    void anEntryOfAnEarlierVersionCanBeRead() throws IOException {
        String entry = """
                {"id":"abc","state":"firing","updatedAt":"2026-02-07T09:47:40Z","startsAt":"2026-02-07T09:47:40Z","sequence":1}""";

        assertThat(ToldJson.read(entry.getBytes(UTF_8)))
                .isEqualTo(new Told(
                        "abc",
                        true,
                        Instant.parse("2026-02-07T09:47:40Z"),
                        Instant.parse("2026-02-07T09:47:40Z"),
                        1,
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{\"id\":1}",
                "{\"id\":\"a\",\"state\":\"firing\",\"updatedAt\":\"soon\",\"startsAt\":\"soon\"}",
                "{\"id\":\"a\",\"state\":\"firing\",\"updatedAt\":\"2026-02-07T09:47:40Z\",\"startsAt\":"
                        + "\"2026-02-07T09:47:40Z\",\"sequence\":1,\"event\":{\"alertname\":\"x\"}}"
            })
    void whatIsNoEntryIsTold(String text) {
        assertThatThrownBy(() -> ToldJson.read(text.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }
}
