package io.vedette.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.cli.config.Configuration;
import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.config.Flags;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WelcomeTest {
    private static final InetSocketAddress METRICS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9780);

    @TempDir
    private Path folder;

    @Test
    void saysWhatIsWatchedAndWhereTheSeriesAre() throws IOException {
        assertThat(Welcome.lines(configuration(100_000), METRICS, Optional.empty()))
                .containsExactly(
                        "watching http://10.0.0.7:8000/metrics, http://10.0.0.8:8000/metrics",
                        "series for Prometheus: http://127.0.0.1:9780/metrics");
    }

    @Test
    void saysThatSoManyTargetsShowALeanSet() throws IOException {
        Configuration configuration = configuration(100);
        long most = configuration.gateway().derived().mostSeries(2);

        assertThat(Welcome.lines(configuration, METRICS, Optional.empty()))
                .hasSize(3)
                .last()
                .isEqualTo("2 targets could have " + most + " series, more than derived.max_series (100): replicas show"
                        + " a lean set, of windows 1m and 5m and quantiles 0.5 and 0.95; raise derived.max_series to"
                        + " see all");
        assertThat(Welcome.lines(configuration((int) most), METRICS, Optional.empty()))
                .hasSize(2);
    }

    private Configuration configuration(int maxSeries) throws IOException {
        Path file = Files.writeString(folder.resolve("vedette.yaml"), "derived: {max_series: " + maxSeries + "}\n");
        return ConfigurationReader.read(
                new Flags(
                        Optional.of(file),
                        List.of("http://10.0.0.7:8000/metrics", "http://10.0.0.8:8000/metrics"),
                        List.of(),
                        Optional.empty()),
                "1");
    }
}
