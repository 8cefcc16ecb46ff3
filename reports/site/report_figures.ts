/**
 * The figures of a report as files, each with its legend.
 *
 * @module
 */
import type { reportView } from "../render.ts";
import { type DrawnFigure, figureDownloads } from "./figure_downloads.ts";
import type { FigureDownload } from "./run_content.ts";

/** Every figure that the page shows, in its order. */
export function reportFigures(
  { figures, trainings }: ReturnType<typeof reportView>,
): FigureDownload[] {
  return figureDownloads([...networkFigures(figures), ...learningFigures(trainings)]);
}

function networkFigures(figures: ReturnType<typeof reportView>["figures"]): DrawnFigure[] {
  const { overview, panels, layered, moments, accuracy, scale, peaks, profiles, linear, hubs } =
    figures;
  return [
    ...(overview
      ? [
        { title: "ID against depth", svg: overview.absolute, legend: overview.legend },
        { title: "ID against relative depth", svg: overview.relative, legend: overview.legend },
      ]
      : []),
    ...(panels?.panels ?? []).map(({ title, figure }) => ({
      title: `ID against relative depth: ${title}`,
      svg: figure,
      legend: panels!.legend,
    })),
    ...layered.flatMap(({ architecture, own, paper, legend }) => [
      { title: `ID layer by layer: ${architecture}`, svg: own, legend },
      { title: `ID layer by layer, the paper: ${architecture}`, svg: paper, legend },
    ]),
    ...moments.flatMap(({ architecture, lastHidden, accuracy, family }) => [
      { title: `Last hidden ID in training: ${architecture}`, svg: lastHidden, legend: [] },
      { title: `Accuracy in training: ${architecture}`, svg: accuracy, legend: [] },
      {
        title: `Profiles in training: ${architecture}`,
        svg: family.figure,
        legend: family.legend,
      },
    ]),
    ...(accuracy
      ? [
        ...accuracy.own.map(({ title, figure, legend }) => ({
          title: `Last hidden ID and test error: ${title}`,
          svg: figure,
          legend,
        })),
        { title: "The paper, Figure 4", svg: accuracy.mixed, legend: accuracy.legend },
        { title: "The paper, Figure 3B", svg: accuracy.classwise, legend: accuracy.legend },
      ]
      : []),
    ...(scale?.networks ?? []).flatMap(({ title, blocks, gride, profiles }) => [
      { title: `TwoNN on blocks: ${title}`, svg: blocks, legend: [] },
      { title: "The paper, Figure 2B", svg: scale!.paper, legend: [] },
      { title: `Gride: ${title}`, svg: gride, legend: [] },
      { title: `Profiles from blocks: ${title}`, svg: profiles.figure, legend: profiles.legend },
    ]),
    ...(peaks
      ? [
        { title: "Highest layers by depth", svg: peaks.absolute, legend: [] },
        { title: "Highest layers by relative depth", svg: peaks.relative, legend: [] },
      ]
      : []),
    ...profiles.map(({ title, figure, legend }) => ({
      title: `Profile: ${title}`,
      svg: figure,
      legend,
    })),
    ...(linear
      ? [
        ...linear.dimensions.map(({ title, figure }) => ({
          title: `PC-ID and ID: ${title}`,
          svg: figure,
          legend: linear.legend,
        })),
        ...linear.spectra.map(({ title, figure, legend }) => ({
          title: `Spectra: ${title}`,
          svg: figure,
          legend,
        })),
        ...linear.gaussians.map(({ title, figure }) => ({
          title: `Gaussian points: ${title}`,
          svg: figure,
          legend: linear.gaussianLegend,
        })),
      ]
      : []),
    ...hubs.flatMap(({ title, estimates, shares }) => [
      { title: `Without hubs: ${title}`, svg: estimates, legend: figures.hubLegend },
      { title: `Share of the strongest hub: ${title}`, svg: shares, legend: [] },
    ]),
  ];
}

function learningFigures(trainings: ReturnType<typeof reportView>["trainings"]): DrawnFigure[] {
  if (!trainings) return [];
  const { groups, legend } = trainings;
  return groups.flatMap(({ title, loss, accuracy }) => [
    { title: `Loss: ${title}`, svg: loss, legend },
    { title: `Accuracy: ${title}`, svg: accuracy, legend },
  ]);
}
