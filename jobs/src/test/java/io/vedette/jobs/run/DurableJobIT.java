package io.vedette.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableJobIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path root;

    @Test
    void carriesOnFromTheNewestCheckpointThatCanBeRead() throws Exception {
        CheckpointFolder folder = new CheckpointFolder(root.resolve("job"));
        runUntilCheckpoint(folder, counting(Types.LONG));
        Path whole = folder.newestFirst().get(0);

        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "count", folder, counting(Types.LONG))) {
            assertThat(job.resumedFrom()).hasValue(whole);
        }

        Path broken = Files.createDirectories(folder.newGeneration().resolve("chk-1"));
        Files.writeString(broken.resolve("_metadata"), "cut short");
        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "count", folder, counting(Types.LONG))) {
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
            assertThatThrownBy(() -> DurableJob.start(flink, "count", folder, counting(Types.STRING)))
                    .isInstanceOf(JobStartException.class)
                    .hasMessageStartingWith("the state of job count in " + checkpoint + " cannot be used: ")
                    .hasMessageEndingWith("; --fresh begins anew, with empty windows and no alerts");
        }
        assertThat(folder.newestFirst()).contains(checkpoint);
    }

    private void runUntilCheckpoint(CheckpointFolder folder, Consumer<StreamExecutionEnvironment> graph)
            throws Exception {
        try (LocalFlink flink = LocalFlink.start(temporary(), 1);
                DurableJob job = DurableJob.start(flink, "count", folder, graph)) {
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
                        new org.apache.flink.connector.datagen.source.DataGeneratorSource<>(
                                index -> index, Long.MAX_VALUE, Types.LONG),
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
