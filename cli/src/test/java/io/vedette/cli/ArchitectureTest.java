package io.vedette.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom, said once. */
@AnalyzeClasses(packages = "io.vedette", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] ARITHMETIC = {
        "io.vedette.model..",
        "io.vedette.jobs.panes..",
        "io.vedette.jobs.track..",
        "io.vedette.jobs.wire..",
        "io.vedette.jobs.rules..",
        "io.vedette.jobs.life.."
    };

    @ArchTest
    static final ArchRule modulesFormOneWayAndSiblingsNeverMeet = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("model")
            .definedBy("io.vedette.model..")
            .layer("kafka")
            .definedBy("io.vedette.kafka..")
            .layer("ingest")
            .definedBy("io.vedette.ingest..")
            .layer("jobs")
            .definedBy("io.vedette.jobs..")
            .layer("alerts")
            .definedBy("io.vedette.alerts..")
            .layer("cli")
            .definedBy("io.vedette.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ingest")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("jobs")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("alerts")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("kafka")
            .mayOnlyBeAccessedByLayers("ingest", "jobs", "alerts", "cli");

    @ArchTest
    static final ArchRule arithmeticKnowsNeitherFlinkNorKafkaNorLogs = noClasses()
            .that()
            .resideInAnyPackage(ARITHMETIC)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "io.vedette.kafka..", "org.slf4j..");

    @ArchTest
    static final ArchRule arithmeticReadsNoClock = noClasses()
            .that()
            .resideInAnyPackage(ARITHMETIC)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule onlyTheOperatorsOfAJobAreTiedToFlink = noClasses()
            .that()
            .resideOutsideOfPackages("io.vedette.jobs..", "io.vedette.cli..", "io.vedette.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackages("io.vedette.cli..", "io.vedette.bench..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule thereIsOneWayToLog =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.apache.log4j..");
}
