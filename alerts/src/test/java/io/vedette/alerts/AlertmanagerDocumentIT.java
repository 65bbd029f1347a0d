package io.vedette.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.alerts.channel.ChannelConfiguration;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Wording;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/alertmanager.md} tells people to write, tried with Alertmanager's own tool. */
class AlertmanagerDocumentIT {
    private static final Pattern BLOCK = Pattern.compile("^```\\w*\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    Path folder;

    private String channels = "";
    private Path configuration = Path.of("");

    @BeforeEach
    void writeWhatTheDocumentHolds() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "alertmanager.md"));
        List<String> blocks =
                BLOCK.matcher(document).results().map(MatchResult::group).toList();
        channels = inner(blocks.get(0));
        configuration = Files.writeString(folder.resolve("alertmanager.yml"), inner(blocks.get(2)));
        Files.writeString(folder.resolve("vedette.tmpl"), inner(blocks.get(3)));
    }

    @Test
    void theChannelCanBeRead() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "t0ken");
        YamlValue settings = YamlValue.parse("vedette.yaml", channels.replace("/run/secrets/t", token.toString()))
                .orElseThrow();

        List<ChannelSettings> read =
                ChannelConfiguration.readAll(value(value(settings, "alerts"), "channels"), Wording.DEFAULT);

        assertThat(read).hasSize(1);
        assertThat(((Destination.Alertmanager) read.get(0).destination()).servers())
                .hasSize(2);
    }

    @Test
    void theConfigurationIsValid() throws Exception {
        assertThat(amtool("check-config", configuration.toString()))
                .contains("SUCCESS", "2 inhibit rules", "3 receivers", "1 templates");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"critical | pager,chat", "warning | chat", "info | quiet"})
    void eachSeverityGoesWhereItSays(String severity, String receivers) throws Exception {
        assertThat(amtool(
                                "config",
                                "routes",
                                "test",
                                "--config.file=" + configuration,
                                "alertname=queue-slow",
                                "family=queue",
                                "severity=" + severity)
                        .lines())
                .contains(receivers);
    }

    @Test
    void theTemplateSaysWhatIsWrongAndWhatToDo() throws Exception {
        Path data = Files.writeString(folder.resolve("data.json"), """
                {"status": "firing", "groupLabels": {"family": "queue"}, "commonLabels": {"model_name": "glm-4.7-flash"},
                 "alerts": [{"status": "firing", "labels": {"severity": "critical", "alertname": "queue-blocked"},
                   "annotations": {"summary": "half of the requests wait 2.31 s", "description": "scale out now"}}]}
                """);

        assertThat(amtool(
                        "template",
                        "render",
                        "--template.glob=" + folder.resolve("vedette.tmpl"),
                        "--template.data=" + data,
                        "--template.text={{ template \"vedette.title\" . }}: {{ template \"vedette.text\" . }}"))
                .isEqualTo("""
                        [firing] queue at glm-4.7-flash: critical queue-blocked: half of the requests wait 2.31 s
                          To do: scale out now
                        """);
    }

    private static YamlValue value(YamlValue mapping, String key) {
        return Objects.requireNonNull(mapping.mapping().get(key), key);
    }

    private static String inner(String block) {
        return block.substring(block.indexOf('\n') + 1, block.length() - "```".length());
    }

    private String amtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("amtool"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "amtool", ".out");
        Process amtool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(amtool.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
