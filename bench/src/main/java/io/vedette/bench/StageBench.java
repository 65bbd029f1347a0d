package io.vedette.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What each stage costs for one scrape, in memory and warm, beside the budget of the design: {@code StageBench [TARGETS [INTERVALS [CAPTURE]]]}.
 * Windows are full before anything is measured.
 */
public final class StageBench {
    /** A window of ten minutes, and a little. */
    private static final int WARM_INTERVALS = 125;

    private StageBench() {}

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        int targets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        int intervals = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        Path capture = Path.of(arguments.length > 2 ? arguments[2] : "captures/overload");
        MovingScrapes scrapes = MovingScrapes.of(capture);
        AgentStages agent = new AgentStages(scrapes);
        for (int round = 0; round < 10; round++) {
            agent.run();
        }
        PipelineStages pipeline = new PipelineStages(new BenchFleet(scrapes, targets, 1_800_000_000_000L));
        for (int interval = 0; interval < WARM_INTERVALS; interval++) {
            pipeline.run(interval);
        }
        agent.forget();
        agent.run();
        pipeline.forget();
        for (int interval = WARM_INTERVALS; interval < WARM_INTERVALS + intervals; interval++) {
            pipeline.run(interval);
        }
        pipeline.checkpoints();
        System.out.println(Stage.header());
        agent.print(System.out);
        pipeline.print(System.out);
    }
}
