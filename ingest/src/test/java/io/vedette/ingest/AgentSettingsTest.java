package io.vedette.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.TargetSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentSettingsTest {
    @Test
    void hasDefaults() {
        AgentSettings settings = AgentSettings.of(List.of());

        assertThat(settings.agent()).isNotBlank().isEqualTo(settings.node());
        assertThat(settings)
                .isEqualTo(new AgentSettings(
                        settings.node(),
                        settings.node(),
                        new ScrapeTiming(Duration.ofSeconds(5), Duration.ofSeconds(3)),
                        new AgentSettings.Limits(16 << 20, 64 << 20),
                        Map.of(),
                        CardMode.AUTO,
                        List.of()));
    }

    @Test
    void namesBothTargetsOfTheSameName() {
        assertThatThrownBy(() -> AgentSettings.of(
                        List.of(TargetSettings.of("http://a:8000"), TargetSettings.of("http://a:8000/other"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "two targets are called 'a:8000': http://a:8000/metrics and http://a:8000/other; remove one,"
                                + " or give one a label 'instance' of its own");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> new AgentSettings.Limits(1, 64 << 20))
                .hasMessage("largest body must be from 1024 to 268435456 bytes: 1");
        assertThatThrownBy(() -> new AgentSettings.Limits(16 << 20, 0))
                .hasMessage("buffer must be from 65536 to 1073741824 bytes: 0");
        assertThatThrownBy(() -> new AgentSettings(
                        " ",
                        "node",
                        ScrapeTiming.DEFAULT,
                        AgentSettings.Limits.DEFAULT,
                        Map.of(),
                        CardMode.AUTO,
                        List.of()))
                .hasMessage("agent name must not be empty");
        assertThatThrownBy(() -> new AgentSettings(
                        "agent",
                        "node",
                        ScrapeTiming.DEFAULT,
                        AgentSettings.Limits.DEFAULT,
                        Map.of("quantile", "x"),
                        CardMode.AUTO,
                        List.of()))
                .hasMessage("label 'quantile' is one that the series have; choose another name");
    }
}
