package io.vedette.jobs.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.frames.FrameTypes;
import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.series.SeriesSettings;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class DetectJobTest {
    @Test
    void everyOperatorHasAUidAndNoTypeIsLeftToKryo() {
        Configuration strict = new Configuration();
        strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        strict.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
        DetectSettings settings = new DetectSettings(
                RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of()),
                0,
                DetectSettings.RUNBOOK);

        DetectStreams streams = DetectJob.define(
                env.fromData(FrameTypes.FRAME, FrameBuilder.serving().at(0)).uid("frames"), settings);
        streams.alerts().sinkTo(new DiscardingSink<>()).uid("alerts");
        streams.states().sinkTo(new DiscardingSink<>()).uid("states");

        StreamGraph graph = env.getStreamGraph();

        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("frames", "detect", "alerts", "states")
                .doesNotContainNull();
        assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();
    }
}
