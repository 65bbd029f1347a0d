package io.vedette.cli.ruletest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.yaml.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of rules, good and bad, as a user writes them. */
class RuleTestsTest {
    private static final String RULES = """
            rules:
              - id: waits
                family: queue
                scope: [replica, model]
                when: requests_waiting > limit
                for: 1m
                severity: warning
                parameters: {limit: 5}
                value: requests_waiting
                threshold: limit
                summary: "{entity}: {value} wait (limit {threshold})."
              - id: waits-long
                family: queue
                scope: [replica]
                requires: request_queue_time.observations >= 20
                when: request_queue_time.quantile(0.5) > limit || !known(kv_cache_usage)
                for: 1m
                severity: critical
                parameters: {limit: 2}
                summary: long
              - id: gone
                scope: [replica]
                states: [serving, idle, down]
                when: down_age >= 60
                severity: critical
                summary: "{failure}"
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeRules() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), RULES);
    }

    /** What is printed of a file with such tests; empty when all hold. */
    private String failures(String tests) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.test.yaml"), "rules: [mine.yaml]\ntests:\n" + tests);
        StringWriter out = new StringWriter();
        boolean held = RuleTests.run(List.of(file), new PrintWriter(out));
        assertThat(held).isEqualTo(!out.toString().contains("FAILED"));
        return held ? "" : out.toString().replace(folder + "/", "");
    }

    @Test
    void aTestHoldsWhenAllAlertsAreThereAtTheirTimes() throws IOException {
        assertThat(failures("""
                  - name: eight wait from 1 min on
                    series: {requests_waiting: 0x11 8x24 0, kv_cache_usage: 0.5}
                    expect:
                      55s: none
                      1m: waits pending
                      1m55s: waits warning pending on replica-1
                      2m: {alertname: waits, value: 8, threshold: 5, summary: 8 wait (limit 5)}
                      3m: waits
                      4m: waits firing
                      4m10s: none
                """)).isEmpty();
    }

    @Test
    void aFailureShowsWhatThereWasAndHowTheConditionStood() throws IOException {
        assertThat(failures("""
                  - name: eight wait
                    series:
                      requests_waiting: 0x11 8
                      request_queue_time: {0.1: 10, 1.2: 3}
                      kv_cache_usage: 0.5
                    expect:
                      1m30s: none
                      2m: waits-long critical
                      3m: {alertname: waits, value: 7.9}
                """)).isEqualTo("""
                FAILED eight wait (mine.test.yaml:3)
                  at 1m30s (line 9):
                  + waits warning pending on replica-1 (since 1m)
                      waits warning on replica-1 is true, held for 30s; it fires after 1m
                        true    requests_waiting > limit  8, 5
                  at 2m (line 10):
                  - waits-long critical firing
                  + waits warning firing on replica-1, value 8, threshold 5 (since 2m)
                      waits-long critical on replica-1 is false; it fires after 1m
                        false   request_queue_time.quantile(0.5) > limit  0.19 s, 2 s
                        true    known(kv_cache_usage)                     50 %
                        true    request_queue_time.observations >= 20     156, 20
                      waits warning on replica-1 is true, held for 1m; it fires after 1m
                        true    requests_waiting > limit  8, 5
                  at 3m (line 11):
                  - waits firing, value 7.9
                  + waits warning firing on replica-1, value 8, threshold 5 (since 2m)
                      waits warning on replica-1 is true, held for 2m; it fires after 1m
                        true    requests_waiting > limit  8, 5

                mine.test.yaml: 1 test, 1 failed
                """);
    }

    @Test
    void scrapesFailForAReasonAndTargetsGo() throws IOException {
        assertThat(failures("""
                  - name: down
                    series: {up: 1x11 timeoutx20 1, requests_waiting: 1}
                    expect:
                      1m55s: none
                      2m: {alertname: gone, summary: timeout}
                      4m: none
                  - name: removed
                    series: {up: 1x11 refusedx20 stale, requests_waiting: 1}
                    expect:
                      2m: gone
                      2m45s: gone
                      3m: none
                  - name: nothing is heard
                    series: {up: 1x5 _x40, requests_waiting: 8}
                    expect:
                      1m: waits pending
                      3m: waits pending
                """)).isEmpty();
    }

    @Test
    void severalReplicasMakeAModel() throws IOException {
        assertThat(failures("""
                  - name: one of two
                    labels: {model_name: glm, node: n1}
                    series:
                      requests_waiting{instance="a"}: 4
                      requests_waiting{instance="b"}: 8
                      kv_cache_usage: 0.5
                    expect:
                      2m: [waits on b, waits on model glm]
                      2m30s: waits-long none
                  - name: two engines
                    series:
                      requests_waiting{engine="0"}: 8
                      requests_waiting{engine="1"}: 0
                    expect:
                      2m: [waits on replica-1, waits on model]
                """)).isEmpty();
    }

    @Test
    void aModelHasLimitsOfItsOwn() throws IOException {
        assertThat(failures("""
                  - name: eight are fine
                    models: {glm: {parameters: {waits: {limit: 9}}}}
                    series: {requests_waiting: 8}
                    expect: {10m: none}
                  - name: for glm
                    models: {glm: {parameters: {waits: {limit: 9}}}}
                    labels: {model_name: other}
                    series: {requests_waiting: 8}
                    expect: {10m: waits}
                """)).isEmpty();
    }

    @Test
    void onlyChosenRulesAreLookedAt() throws IOException {
        assertThat(failures("""
                  - name: only
                    only: [gone]
                    series: {requests_waiting: 8}
                    expect: {10m: none}
                  - name: except
                    except: [waits]
                    series: {requests_waiting: 8}
                    expect: {10m: none}
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requests_wating: 8                       | 4:14: there is no signal 'requests_wating'; did you mean 'requests_waiting'?
            queue_time: {0.3: 20}                   | 4:14: there is no signal 'queue_time'; did you mean 'request_queue_time'?
            progress_age: 8                          | 4:14: progress_age is worked out by Vedette; write what it is made of: requests_running, generation_tokens, kv_cache_usage
            finished_requests: 8                     | 4:14: finished_requests wants to know what is counted: finished_requests{reason="stop"}
            'requests_waiting{instanc="a"}': 8       | 4:32: requests_waiting has no label 'instanc'; did you mean 'instance'?
            'requests_waiting{instance=a}': 8        | 4:32: labels are written like in PromQL; write it like requests_waiting or requests_waiting{instance="a"}
            kv_cache_usage: 97                       | 4:30: kv_cache_usage lies from 0 to 1
            requests_waiting: 8y3                    | 4:32: '8y3' is no item of a series; write it like 8, 8x3, 0+10x3, 9-2x3, _, _x3, stale
            request_queue_time: 8                    | 4:34: how many observations of which value come with each scrape? Write it like request_queue_time: {0.3: 20}
            'requests_waiting{instance="a",model_name="x"}': 1, 'up{instance="a",model_name="y"}': 1 | 4:66: the series of one instance have different model_name: 'x' and 'y'
            """)
    void aMistakeInASeriesIsToldWithItsPlace(String series, String mistake) {
        assertMistake("  - name: x\n    series: {" + series + "}\n    expect: {1m: none}\n", mistake);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {1m: wait}                             | 5:18: there is no rule 'wait'; did you mean 'waits'?
            {1m: waits bad}                        | 5:18: 'bad' is neither a severity nor a state; known: info, warning, critical, pending, firing, none
            {1x: none}                             | 5:14: '1x' is no duration; write it as Prometheus does: 90s, 5m, 1h30m, 500ms
            {200y: none}                           | 5:14: a test goes on for a week at most: 7d, not 200y
            {1m: {alertname: waits, state: pending, value: 8}} | 5:18: value, threshold and summary are those of the message that was sent; an alert that is not firing has none
            {}                                     | 5:13: a test expects something at one time at least, such as 5m: none
            """)
    void aMistakeInAnExpectationIsToldWithItsPlace(String expect, String mistake) {
        assertMistake("  - name: x\n    series: {requests_waiting: 8}\n    expect: " + expect + "\n", mistake);
    }

    private void assertMistake(String tests, String mistake) {
        assertThatThrownBy(() -> failures(tests))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder.resolve("mine.test.yaml") + ":" + mistake);
    }
}
