package io.vedette.model.catalogue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in a catalogue file are told with their place and what to write instead. */
class CatalogueParserTest {
    @TempDir
    private Path folder;

    private void assertMistake(String yaml, String place, String... words) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, yaml);
        assertThatThrownBy(() -> Catalogue.load(List.of(file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + place)
                .hasMessageContainingAll(words);
    }

    private static String signals(String signals) {
        return "engine: mine\nlabels: {}\nsignals:\n" + signals;
    }

    @Test
    void namesAKeyThatIsUnknown() throws IOException {
        assertMistake(
                "engine: mine\nlabel: {}\nsignals: {}\n", ":2:1: ", "unknown key 'label'", "did you mean 'labels'?");
        assertMistake(
                "engine: mine\nlabels: {model: [m]}\nsignals: {}\n", ":2:10: ", "unknown key 'model'", "model_name");
        assertMistake(
                signals("  awake:\n    - {metric: m, were: {a: b}}\n"),
                ":5:19: ",
                "unknown key 'were'",
                "did you mean 'where'?");
    }

    @Test
    void namesASignalThatIsUnknown() throws IOException {
        assertMistake(
                signals("  request_running: [m]\n"),
                ":4:3: ",
                "unknown key 'request_running'",
                "did you mean 'requests_running'?");
        assertMistake(signals("  progress_age: [m]\n"), ":4:3: ", "unknown key 'progress_age'");
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        assertMistake("engine: mine\nsignals: {}\n", ":1:1: ", "'labels' is missing");
        assertMistake(signals("  awake:\n    - {where: {a: b}}\n"), ":5:7: ", "'metric' is missing");
        assertMistake(signals("  awake:\n    - []\n"), ":5:7: ", "needs a metric");
        assertMistake("", ": ", "is empty", "engine, labels and signals");
        assertMistake("engine: \"\"\nlabels: {}\nsignals: {}\n", ":1:9: ", "needs a name");
    }

    @Test
    void asksForADimensionExactlyWhereThereIsOne() throws IOException {
        assertMistake(signals("  http_requests: [m]\n"), ":4:19: ", "http_requests needs dimension_label");
        assertMistake(
                signals("  prompt_tokens: [{metric: m, dimension: stop}]\n"),
                ":4:19: ",
                "prompt_tokens has no dimension");
        assertMistake(
                signals("  http_requests: [{metric: m, dimension: 5xx, dimension_label: [code]}]\n"),
                ":4:42: ",
                "not both");
        assertMistake(signals("  http_requests: [{metric: m, dimension: }]\n"), ":4:41: ", "needs a value");
    }

    @Test
    void wantsALabelForWhatACounterIsBelievedWith() throws IOException {
        assertMistake(
                signals("  http_requests: [{metric: m, dimension: 5xx, believed_with: [2xx]}]\n"),
                ":4:",
                "believed_with goes with dimension_label only");
    }

    @Test
    void refusesNamesAndFactorsThatCannotBe() throws IOException {
        assertMistake(signals("  prompt_tokens: [\"a b\"]\n"), ":4:19: ", "'a b' is no metric name");
        assertMistake(signals("  e2e_request_latency: [mine_seconds_bucket]\n"), ":4:25: ", "write 'mine_seconds'");
        assertMistake(signals("  requests_running: [up]\n"), ":4:22: ", "'up' is read by Vedette itself");
        assertMistake(signals("  prompt_tokens: [{metric: m, factor: 0}]\n"), ":4:39: ", "above 0");
        assertMistake(signals("  prompt_tokens: [{metric: m, factor: ms}]\n"), ":4:39: ", "'ms' is no number");
    }

    @Test
    void refusesWhatStandsTwice() throws IOException {
        assertMistake(signals("  prompt_tokens: [m_total, m_total]\n"), ":4:28: ", "'m_total' stands under", "twice");
        assertMistake("engine: vllm\nlabels: {}\nsignals: {}\n", ":1:9: ", "engine 'vllm' is there already");
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> Catalogue.load(List.of(missing)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing.yaml: there is no such file");
    }
}
