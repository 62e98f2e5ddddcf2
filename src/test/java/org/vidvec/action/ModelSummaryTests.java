package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;
import org.vidvec.model.ModelInfo;

public class ModelSummaryTests extends AbstractWireSerializingTestCase<ModelSummary> {

    @Override
    protected Writeable.Reader<ModelSummary> instanceReader() {
        return ModelSummary::new;
    }

    @Override
    protected ModelSummary createTestInstance() {
        return WireSamples.model();
    }

    private static ModelInfo withAnotherRecipe(ModelInfo i) {
        return new ModelInfo(
                i.id(),
                i.family(),
                i.fingerprint(),
                i.dims(),
                i.layer(),
                i.layers(),
                i.parameters(),
                i.dtype(),
                i.sampling(),
                i.randomWeights(),
                i.rerankWindow(),
                randomValueOtherThan(i.recipe(), WireSamples::recipe));
    }

    @Override
    protected ModelSummary mutateInstance(ModelSummary instance) {

        ModelInfo i = instance.info();
        return new ModelSummary(
                switch (between(0, 10)) {
                    case 10 -> withAnotherRecipe(i);
                    case 0 ->
                            new ModelInfo(
                                    i.id() + "x",
                                    i.family(),
                                    i.fingerprint(),
                                    i.dims(),
                                    i.layer(),
                                    i.layers(),
                                    i.parameters(),
                                    i.dtype(),
                                    i.sampling(),
                                    i.randomWeights());
                    case 1 ->
                            new ModelInfo(
                                    i.id(),
                                    i.family() + "x",
                                    i.fingerprint(),
                                    i.dims(),
                                    i.layer(),
                                    i.layers(),
                                    i.parameters(),
                                    i.dtype(),
                                    i.sampling(),
                                    i.randomWeights());
                    case 2 ->
                            new ModelInfo(
                                    i.id(),
                                    i.family(),
                                    i.fingerprint() + "x",
                                    i.dims(),
                                    i.layer(),
                                    i.layers(),
                                    i.parameters(),
                                    i.dtype(),
                                    i.sampling(),
                                    i.randomWeights());
                    case 3 ->
                            new ModelInfo(
                                    i.id(),
                                    i.family(),
                                    i.fingerprint(),
                                    i.dims() + 1,
                                    i.layer(),
                                    i.layers(),
                                    i.parameters(),
                                    i.dtype(),
                                    i.sampling(),
                                    i.randomWeights());
                    case 4 ->
                            new ModelInfo(
                                    i.id(),
                                    i.family(),
                                    i.fingerprint(),
                                    i.dims(),
                                    i.layer() + 1,
                                    i.layers(),
                                    i.parameters(),
                                    i.dtype(),
                                    i.sampling(),
                                    i.randomWeights());
                    case 5 ->
                            new ModelInfo(
                                    i.id(),
                                    i.family(),
                                    i.fingerprint(),
                                    i.dims(),
                                    i.layer(),
                                    i.layers() + 1,
                                    i.parameters(),
                                    i.dtype(),
                                    i.sampling(),
                                    i.randomWeights());
                    case 6 ->
                            new ModelInfo(
                                    i.id(),
                                    i.family(),
                                    i.fingerprint(),
                                    i.dims(),
                                    i.layer(),
                                    i.layers(),
                                    i.parameters() / 2 + 1,
                                    i.dtype(),
                                    i.sampling(),
                                    i.randomWeights());
                    case 7 ->
                            new ModelInfo(
                                    i.id(),
                                    i.family(),
                                    i.fingerprint(),
                                    i.dims(),
                                    i.layer(),
                                    i.layers(),
                                    i.parameters(),
                                    i.dtype() + "x",
                                    i.sampling(),
                                    i.randomWeights());
                    case 8 ->
                            new ModelInfo(
                                    i.id(),
                                    i.family(),
                                    i.fingerprint(),
                                    i.dims(),
                                    i.layer(),
                                    i.layers(),
                                    i.parameters(),
                                    i.dtype(),
                                    randomValueOtherThan(
                                            i.sampling(), () -> WireSamples.sampling().sampling()),
                                    i.randomWeights());
                    default ->
                            new ModelInfo(
                                    i.id(),
                                    i.family(),
                                    i.fingerprint(),
                                    i.dims(),
                                    i.layer(),
                                    i.layers(),
                                    i.parameters(),
                                    i.dtype(),
                                    i.sampling(),
                                    i.randomWeights() == false);
                });
    }
}
