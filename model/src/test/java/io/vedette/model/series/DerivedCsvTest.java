package io.vedette.model.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frames;
import io.vedette.model.frame.Frames.WindowBuilder;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DerivedCsvTest {
    private static final SeriesSettings SETTINGS = SeriesSettings.ofReplay(List.of(Duration.ofMinutes(1)));
    private static final long TICK = Frames.TICK;

    private static Frame frame(String instance, int tick) {
        return Frames.withTickAndEntity(
                Frames.replica(Gauges.none().with(Signal.REQUESTS_RUNNING, tick)),
                TICK + tick * Frame.TICK_MILLIS,
                Entity.replica(instance, "0", "m", "", "", Map.of()));
    }

    @Test
    void rowsAreSortedByTimeNameAndLabelsWhateverTheOrderOfFrames() throws IOException {
        String expected = """
                time,name,labels,value
                1770457540,vedette_replica_requests_running,"engine=""0"",instance=""a"",model_name=""m\""",0
                1770457540,vedette_replica_requests_running,"engine=""0"",instance=""b"",model_name=""m\""",0
                1770457540,vedette_replica_up,"engine=""0"",instance=""a"",model_name=""m\""",1
                1770457540,vedette_replica_up,"engine=""0"",instance=""b"",model_name=""m\""",1
                1770457545,vedette_replica_requests_running,"engine=""0"",instance=""a"",model_name=""m\""",1
                1770457545,vedette_replica_requests_running,"engine=""0"",instance=""b"",model_name=""m\""",1
                1770457545,vedette_replica_up,"engine=""0"",instance=""a"",model_name=""m\""",1
                1770457545,vedette_replica_up,"engine=""0"",instance=""b"",model_name=""m\""",1
                """;
        List<Frame> frames = new ArrayList<>(List.of(frame("a", 0), frame("b", 0), frame("a", 1), frame("b", 1)));
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(frames, new Random(seed));
            StringWriter out = new StringWriter();
            try (DerivedCsv csv = new DerivedCsv(out, SETTINGS)) {
                frames.forEach(csv::add);
            }
            assertThat(out).hasToString(expected);
        }
    }

    @Test
    void whatIsCompleteIsWrittenAtOnce() throws IOException {
        StringWriter out = new StringWriter();
        try (DerivedCsv csv = new DerivedCsv(out, SETTINGS)) {
            csv.add(frame("a", 1));
            csv.add(frame("a", 0));
            csv.complete(TICK);
            assertThat(out.toString().lines()).hasSize(3);
            assertThatThrownBy(() -> csv.add(frame("b", 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("declared complete");
            csv.complete(TICK - Frame.TICK_MILLIS);
            csv.add(frame("b", 1));
        }
        assertThat(out.toString().lines()).hasSize(7);
    }

    @Test
    void boundsAndFourQuantilesAreWritten() throws IOException {
        StringWriter out = new StringWriter();
        WindowBuilder window = new WindowBuilder(60_000, 60_000)
                .observed(Signal.E2E_REQUEST_LATENCY, Frames.histogram(new double[] {1, 2}, 2.5, 0, 0, 1));
        try (DerivedCsv csv = new DerivedCsv(out, SETTINGS)) {
            csv.add(Frames.model(Gauges.none(), window.build()));
        }
        String labels = "\"cluster=\"\"bj1\"\",model_name=\"\"glm-4.7-flash\"\",";
        assertThat(out.toString().lines())
                .contains("1770457540,vedette_model_e2e_request_latency_upper_seconds," + labels
                        + "quantile=\"\"0.9\"\",role=\"\"both\"\",window=\"\"1m\"\"\",+Inf")
                .filteredOn(line -> line.contains("quantile"))
                .hasSize(3 * 4);
    }

    @Test
    void whatIsSpecialInLabelsIsEscapedForPromqlAndForCsv() throws IOException {
        StringWriter out = new StringWriter();
        try (DerivedCsv csv = new DerivedCsv(out, SETTINGS)) {
            csv.add(frame("a\"b\\c\nd,e", 0));
        }
        assertThat(out.toString().lines().toList().get(1))
                .isEqualTo("1770457540,vedette_replica_requests_running,"
                        + "\"engine=\"\"0\"\",instance=\"\"a\\\"\"b\\\\c\\nd,e\"\",model_name=\"\"m\"\"\",0");
    }
}
