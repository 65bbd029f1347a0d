package io.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.cli.config.PartConfiguration;
import io.vedette.ingest.scrape.TargetSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PartCommandTest {
    @TempDir
    private Path folder;

    @Test
    void takesSeveralTargetsOfOneVariableAndNoneOfAnEmptyOne() throws IOException {
        assertThat(targets("http://a:1, http://b:2"))
                .containsExactly("http://c:3/metrics", "http://a:1/metrics", "http://b:2/metrics");
        assertThat(targets("")).containsExactly("http://c:3/metrics");
    }

    private List<String> targets(String variable) throws IOException {
        Path file = Files.writeString(
                folder.resolve("vedette.yaml"), "kafka: {bootstrap: \"k:1\"}\nagent: {targets: [{url: \"c:3\"}]}\n");
        AgentCommand command = new AgentCommand();
        new CommandLine(command).parseArgs("-c", file.toString(), "--target", variable);
        PartConfiguration.Agent agent = (PartConfiguration.Agent) command.configuration();
        return agent.settings().targets().stream()
                .map(TargetSettings::url)
                .map(String::valueOf)
                .toList();
    }

    @Test
    void wantsAFileThatNamesTheKafka() {
        StringWriter err = new StringWriter();

        int status = Main.commandLine().setErr(new PrintWriter(err)).execute("gateway");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "vedette: Missing required option: '--config=FILE' (vedette gateway --help shows what there is)");
    }
}
