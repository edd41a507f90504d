/** The uuid of the open share in the demo data, which is also that of the documented examples. */
export const demoShareUuid = '0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50'
