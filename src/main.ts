import { mount } from "svelte";
import App from "./app/App.svelte";
import { registerOffline } from "./app/register-offline.ts";
import "./app/styles/index.css";

const target = document.getElementById("app");
if (!target) throw new Error("index.html holds no #app");
mount(App, { target });
registerOffline();
