package io.vedette.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableJobIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path root;

    private final News news = new News();

    @AfterEach
    void repair() {
        Fragile.fault = null;
    }

    @Test
    void carriesOnFromTheNewestCheckpointThatCanBeRead() throws Exception {
        CheckpointFolder folder = new CheckpointFolder(root.resolve("job"));
        runUntilCheckpoint(folder, counting(Types.LONG));
        Path whole = folder.newestFirst().get(0);

        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "count", folder, counting(Types.LONG), news)) {
            assertThat(job.resumedFrom()).hasValue(whole);
        }

        Path broken = Files.createDirectories(folder.newGeneration().resolve("chk-1"));
        Files.writeString(broken.resolve("_metadata"), "cut short");
        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "count", folder, counting(Types.LONG), news)) {
            assertThat(job.resumedFrom()).hasValue(whole);
            await().atMost(LONG).until(() -> folder.newestFirst().stream()
                    .allMatch(checkpoint -> checkpoint.startsWith(root.resolve("job/000004"))));
        }
    }

    @Test
    void namesFreshWhereTheStateDoesNotFit() throws Exception {
        CheckpointFolder folder = new CheckpointFolder(root.resolve("job"));
        runUntilCheckpoint(folder, counting(Types.LONG));
        Path checkpoint = folder.newestFirst().get(0);

        try (LocalFlink flink = LocalFlink.start(temporary(), 1)) {
            assertThatThrownBy(() -> DurableJob.start(flink, "count", folder, counting(Types.STRING), news))
                    .isInstanceOf(JobStartException.class)
                    .hasMessageStartingWith("the state of job count in " + checkpoint + " cannot be used: ")
                    .hasMessageEndingWith("; --fresh begins anew, with empty windows and no alerts");
        }
        assertThat(folder.newestFirst()).contains(checkpoint);
    }

    @Test
    void aFailureAtTheStartThatPassesIsNoFaultOfTheState() throws Exception {
        CheckpointFolder folder = new CheckpointFolder(root.resolve("job"));
        runUntilCheckpoint(folder, DurableJobIT::fragile);
        Path checkpoint = folder.newestFirst().get(0);

        Fragile.failOnce(() -> new IOException("connection reset"));
        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "fragile", folder, DurableJobIT::fragile, news)) {
            assertThat(job.resumedFrom()).hasValue(checkpoint);
            await().atMost(LONG).until(() -> news.heard.size() == 2);
        }
        assertThat(news.heard).containsExactly("fragile restarts: IOException: connection reset", "fragile runs again");
    }

    @Test
    void tellsOfAJobThatFailsWhileItRunsAndThatItRunsAgain() throws Exception {
        CheckpointFolder folder = new CheckpointFolder(root.resolve("job"));
        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "fragile", folder, DurableJobIT::fragile, news)) {
            assertThat(job.resumedFrom()).isEmpty();
            assertThat(news.heard).isEmpty();

            Fragile.failOnce(() -> new IllegalStateException("broken\npipe"));
            await().atMost(LONG).until(() -> news.heard.size() == 2);
        }
        // Its end, which was asked for, is no news.
        assertThat(news.heard)
                .containsExactly("fragile restarts: IllegalStateException: broken pipe", "fragile runs again");
    }

    @Test
    void tellsOfAJobThatHasEndedForGood() throws Exception {
        CheckpointFolder folder = new CheckpointFolder(root.resolve("job"));
        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "fragile", folder, DurableJobIT::fragile, news)) {
            assertThat(job.resumedFrom()).isEmpty();

            Fragile.failOnce(() -> new SuppressRestartsException(new IllegalStateException("beyond repair")));
            await().atMost(LONG).until(() -> !news.heard.isEmpty());
        }
        assertThat(news.heard).containsExactly("fragile ended: IllegalStateException: beyond repair");
    }

    @Test
    void saysThatItWasTooLateAndWhatFailsMeanwhile() throws Exception {
        StreamExecutionEnvironment environment =
                JobOptions.durableJob(1, root.resolve("job"), Optional.empty(), Duration.ofSeconds(10));
        fragile(environment);
        Fragile.failAlways(() -> new IOException("connection reset"));
        try (LocalFlink flink = LocalFlink.start(temporary(), 1)) {
            LocalJob job = flink.submit(environment, "fragile");
            JobWatch watch = new JobWatch("fragile", Duration.ZERO, news);
            assertThatThrownBy(() -> job.awaitRunning(Duration.ofSeconds(4), watch))
                    .isInstanceOf(JobStartException.class)
                    .hasMessage("job fragile did not start within 4 s; it fails again and again: IOException:"
                            + " connection reset");
        }
        assertThat(news.heard).containsExactly("fragile restarts: IOException: connection reset");
    }

    private void runUntilCheckpoint(CheckpointFolder folder, Consumer<StreamExecutionEnvironment> graph)
            throws Exception {
        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "count", folder, graph, news)) {
            assertThat(job.resumedFrom()).isEmpty();
            await().atMost(LONG).until(() -> !folder.newestFirst().isEmpty());
        }
    }

    private Path temporary() throws Exception {
        return Files.createTempDirectory(root, "tmp");
    }

    private static Consumer<StreamExecutionEnvironment> counting(TypeInformation<?> state) {
        return environment -> environment
                .fromSource(
                        new DataGeneratorSource<>(index -> index, Long.MAX_VALUE, Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> "all", Types.STRING)
                .process(new Count(state))
                .returns(Types.LONG)
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
    }

    private static void fragile(StreamExecutionEnvironment environment) {
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                index -> index, Long.MAX_VALUE, RateLimiterStrategy.perSecond(100), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(new Fragile())
                .uid("fragile")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
    }

    /** Fails once when it is told to. */
    private static final class Fragile extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        private static volatile @Nullable Supplier<Exception> fault;
        private static volatile boolean always;

        static void failOnce(Supplier<Exception> with) {
            always = false;
            fault = with;
        }

        static void failAlways(Supplier<Exception> with) {
            always = true;
            fault = with;
        }

        @Override
        public void open(OpenContext context) throws Exception {
            fail();
        }

        @Override
        public Long map(Long number) throws Exception {
            fail();
            return number;
        }

        private static void fail() throws Exception {
            Supplier<Exception> due = fault;
            if (due != null) {
                if (!always) {
                    fault = null;
                }
                throw due.get();
            }
        }
    }

    /** What was told. */
    private static final class News implements JobListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void restarts(String job, String cause) {
            heard.add(job + " restarts: " + cause);
        }

        @Override
        public void runsAgain(String job) {
            heard.add(job + " runs again");
        }

        @Override
        public void ended(String job, String cause) {
            heard.add(job + " ended: " + cause);
        }
    }

    /** Keeps something under a key, of one type or another. */
    private static final class Count extends KeyedProcessFunction<String, Long, Long> {
        private static final long serialVersionUID = 1L;

        private final boolean text;
        private transient ValueState<Object> kept;

        @SuppressWarnings("NullAway.Init")
        Count(TypeInformation<?> type) {
            text = type.equals(Types.STRING);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void open(OpenContext context) {
            TypeInformation<?> type = text ? Types.STRING : Types.LONG;
            kept = getRuntimeContext().getState(new ValueStateDescriptor<>("kept", (TypeInformation<Object>) type));
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
            kept.update(text ? number.toString() : (Object) number);
        }
    }
}
