package io.vedette.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.cli.FakeVllm;
import io.vedette.cli.config.Configuration;
import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.config.Flags;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path folder;

    private FakeVllm vllm;

    @BeforeEach
    void start() throws IOException {
        vllm = new FakeVllm();
    }

    @AfterEach
    void stop() {
        vllm.close();
    }

    @Test
    void saysWhatATargetServes() throws IOException {
        String report = report(0, vllm.url("/metrics"));

        assertThat(report)
                .containsPattern("ok       target " + vllm.name()
                        + ": vLLM 0\\.33\\.0 serving m \\(context of 8192 tokens\\); answered within \\d+ ms");
    }

    @Test
    void warnsOfARouterInFrontOfEngines() throws IOException {
        assertThat(report(0, vllm.url("/router")))
                .contains(
                        "warning  target " + vllm.name() + ": " + vllm.url("/router")
                                + " is a router of vLLM's production stack: what it tells about the engines behind it is set aside",
                        "         → name those engines themselves with --target or agent.targets");
    }

    @Test
    void tellsHowToMendATargetThatIsNone() throws IOException {
        assertThat(report(0, vllm.url("/page")))
                .contains(
                        "fault    target " + vllm.name() + ": " + vllm.url("/page")
                                + ": the body is HTML or XML, not metrics",
                        "         → check the path in url: vLLM's metrics are at /metrics");
        assertThat(report(0, vllm.url("/other")))
                .contains(
                        "fault    target " + vllm.name() + ": " + vllm.url("/other")
                                + " has metrics, but none of vLLM's or of cards",
                        "         → point url at vLLM itself, or at an exporter of cards (DCGM's, nvidia_gpu_exporter), not at a proxy or another exporter");
    }

    @Test
    void tellsWhoseThePortIs() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(report(port, vllm.url("/metrics")))
                    .contains(
                            "fault    metrics port: 127.0.0.1:" + port + " is in use",
                            "         → `ss -ltnp 'sport = :" + port
                                    + "'` shows by whom; stop that, or set listen: {metrics: PORT}");
        }
    }

    @Test
    void warnsOfAModelThatNoTargetServes() throws IOException {
        String models = "models: {mm: {profile: batch}, m: {profile: batch}}\n";

        assertThat(report(configuration(0, vllm.url("/metrics"), models)))
                .contains("warning  model mm: configuration or rules name it, and no target serves it; known: m\n")
                .doesNotContain("model m:");
        assertThat(report(configuration(0, vllm.url("/page"), models))).doesNotContain("model mm");
    }

    @Test
    void looksAtTheDataFolderThatTheConfigurationNames() throws IOException {
        assertThat(report(configuration(0, vllm.url("/metrics"), "data: there/../here\n", Optional.empty())))
                .contains(" disk: " + folder.resolve("here") + ": ");
    }

    @Test
    void writesJson() throws IOException {
        StringWriter out = new StringWriter();

        Doctor.run(configuration(0, vllm.url("/other")), true, new PrintWriter(out));

        assertThat(out.toString())
                .contains(
                        "\"check\" : \"target " + vllm.name() + "\"", "\"status\" : \"fault\"", "\"remedy\" : \"point");
    }

    private String report(int metricsPort, String target) throws IOException {
        return report(configuration(metricsPort, target));
    }

    private static String report(Configuration configuration) {
        StringWriter out = new StringWriter();
        boolean well = Doctor.run(configuration, false, new PrintWriter(out));
        assertThat(well).isEqualTo(!out.toString().contains("fault "));
        return out.toString();
    }

    private Configuration configuration(int metricsPort, String target) throws IOException {
        return configuration(metricsPort, target, "");
    }

    private Configuration configuration(int metricsPort, String target, String more) throws IOException {
        return configuration(metricsPort, target, more, Optional.of(folder));
    }

    private Configuration configuration(int metricsPort, String target, String more, Optional<Path> data)
            throws IOException {
        Path file = Files.writeString(
                folder.resolve("vedette.yaml"), "listen: {metrics: " + metricsPort + ", kafka: 0}\n" + more);
        return ConfigurationReader.read(new Flags(Optional.of(file), List.of(target), List.of(), data), "1");
    }
}
